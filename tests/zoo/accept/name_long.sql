-- Names of 63 bytes, also where the first 60 are alike.
CREATE TABLE a_table_whose_name_takes_all_of_the_sixty_three_bytes_it_may_av (
    the_key_of_the_table_whose_name_takes_all_of_the_sixty_three_by serial PRIMARY KEY,
    the_key_of_the_table_whose_name_takes_all_of_the_sixty_three_bz text NOT NULL UNIQUE);
CREATE TABLE a_table_whose_name_takes_all_of_the_sixty_three_bytes_it_may_aw (
    the_key_of_the_table_whose_name_takes_all_of_the_sixty_three_by integer NOT NULL
        REFERENCES a_table_whose_name_takes_all_of_the_sixty_three_bytes_it_may_av,
    the_key_of_the_table_whose_name_takes_all_of_the_sixty_three_bz bigserial PRIMARY KEY);
